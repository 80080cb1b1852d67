/** What happened: the runner takes a playbook to hosts and tells all of it as events. */
package dev.belay.core.run;
