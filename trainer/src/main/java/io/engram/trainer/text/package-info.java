/** What people read at a console. */
@NullMarked
package io.engram.trainer.text;

import org.jspecify.annotations.NullMarked;
