/** Documents as tests: what became of each step, and reports of it for people and for build servers. */
package dev.stepmark.doctest;
