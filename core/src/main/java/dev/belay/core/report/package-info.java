/** What people and programs see of a run: console and JSON lines, folds over its events. */
package dev.belay.core.report;
