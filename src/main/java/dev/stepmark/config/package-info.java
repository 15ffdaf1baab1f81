/** What the operator has written down beforehand: configuration files, where each value comes from, named connections. */
package dev.stepmark.config;
