/**
 * Who may reach what a process listens on: {@link io.engram.events.access.Access} is the rule for
 * every listener, tokens are the login of programs and pages, certificates the encryption.
 */
@NullMarked
package io.engram.events.access;

import org.jspecify.annotations.NullMarked;
