/** Markdown and front matter in, the raw document tree out. The Markdown and YAML libraries are known nowhere else. */
package dev.stepmark.markdown;
