/**
 * What a Kubernetes cluster knows of single objects and of who may do what. Start with {@link
 * dev.belay.core.fact.object.ObjectFact}.
 */
package dev.belay.core.fact.object;
