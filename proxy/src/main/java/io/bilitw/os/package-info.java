/**
 * What only the operating system can do, called through {@code java.lang.foreign}: starting and
 * ending processes, sockets that are handed from one process to another, processors, titles,
 * signals, terminals. Linux and glibc.
 *
 * <p>Start here: {@link io.bilitw.os.MessageSocket} and {@link io.bilitw.os.ChildProcess}. File
 * descriptors are plain numbers; who gets one owns it, unless its Javadoc says otherwise.
 *
 * <p>Uses: nothing of ours. Used by: {@code master}, {@code worker}, {@code terminal}, the command
 * line.
 */
@NullMarked
package io.bilitw.os;

import org.jspecify.annotations.NullMarked;
