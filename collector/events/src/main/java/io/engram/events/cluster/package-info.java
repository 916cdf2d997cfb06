/**
 * How processes become members of one event bus: {@link io.engram.events.cluster.Cluster} is the
 * only place that knows which cluster manager does it. Nothing is looked for by multicast; members
 * find each other by a list of hosts, or by a DNS name that stands for all of them.
 *
 * <p>What travels between members is neither encrypted nor asked for a login: beyond the loopback
 * interface it belongs in a network that is trusted.
 */
@NullMarked
package io.engram.events.cluster;

import org.jspecify.annotations.NullMarked;
