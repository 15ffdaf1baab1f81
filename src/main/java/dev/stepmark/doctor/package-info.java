/** Looks at what a run will need from the machine: nothing is changed, and nothing is waited for longer than seconds. */
package dev.stepmark.doctor;
