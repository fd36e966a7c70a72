package io.github.qwop.play;

import io.github.qwop.game.Trigonometry;

/**
 * An episode as the keys of its updates, which is all that a page or a picture needs to play it again.
 *
 * @param keys masks of the keys held, one per update from the canonical start; not copied
 * @param trigonometry whose sine and cosine it was played with
 */
@SuppressWarnings("ArrayRecordComponent")
public record KeySequence(byte[] keys, Trigonometry trigonometry) {}
