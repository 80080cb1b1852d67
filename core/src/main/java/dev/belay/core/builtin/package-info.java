/** The vocabulary: one sub-package a subject, one file a step. */
package dev.belay.core.builtin;
