/**
 * How processes become members of one event bus: {@link io.engram.events.cluster.Cluster} is the
 * only place that knows which cluster manager does it. Nothing is looked for by multicast; members
 * find each other by a list of hosts, or by a DNS name that stands for all of them.
 *
 * <p>With certificates everything between members is TLS, and each asks the other for a certificate
 * that the same authority vouches for: the connections on which the event bus carries messages, and
 * those of the cluster manager, which carry addresses and registrations. Whoever has a certificate
 * of that authority is a member with all that a member can do. Without certificates nothing is
 * encrypted and nobody is asked: that is for the loopback interface, and for networks of which
 * somebody said that they are trusted.
 */
@NullMarked
package io.engram.events.cluster;

import org.jspecify.annotations.NullMarked;
