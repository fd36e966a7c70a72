package io.github.qwop.report;

import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.KeySequence;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;

/** An episode as an animated GIF of 30 pictures a second, drawn without any browser. */
public final class ReplayGif {

    /** Which part of an episode that is longer than {@value #SECONDS} seconds is shown. */
    public enum Part {
        /** The seconds in which the runner got farthest, at the speed of play. */
        BEST,
        /** All of it, as many times faster as it takes. */
        WHOLE
    }

    private static final int SECONDS = 10;
    private static final int MOST_PICTURES = SECONDS * Units.UPDATES_PER_SECOND;

    /** How much longer the last picture stays, in hundredths of a second: before it begins again, the end is read. */
    private static final int REST = 100;

    /** Of so many pictures one is looked at for the palette. */
    private static final int SAMPLED = 8;

    private final KeySequence sequence;
    private final int first;
    private final int end;
    private final int pace;
    private final RunnerPicture picture = new RunnerPicture();

    private ReplayGif(KeySequence sequence, Part part) {
        this.sequence = sequence;
        int updates = sequence.keys().length;
        boolean whole = part == Part.WHOLE;
        // The last update is shown besides those that the pace comes to.
        this.pace = whole ? Math.max(1, (updates - 1 + MOST_PICTURES - 2) / (MOST_PICTURES - 1)) : 1;
        this.first = whole ? 0 : best(sequence);
        this.end = whole ? updates : Math.min(first + MOST_PICTURES, updates);
    }

    /**
     * Writes an episode as an endless GIF of at most {@value #SECONDS} seconds.
     *
     * @param sequence what is played, from the canonical start; one update at least
     * @param part what is shown of a longer one
     * @param out not closed
     */
    public static void write(KeySequence sequence, Part part, OutputStream out) throws IOException {
        new ReplayGif(sequence, part).render(out);
    }

    private void render(OutputStream out) throws IOException {
        GifAnimation.Census census = new GifAnimation.Census();
        play((moment, number, last) -> {
            if (number % SAMPLED == 0 || last) {
                census.count(moment.draw());
            }
        });
        try (GifAnimation gif = new GifAnimation(census.palette(), out)) {
            play((moment, number, last) ->
                    gif.add(moment.draw(), hundredths(number + 1) - hundredths(number) + (last ? REST : 0)));
        }
    }

    /** Takes each picture's moment in turn. */
    private interface Pictures {
        void take(Moment moment, int number, boolean last) throws IOException;
    }

    /** Draws what is played now. */
    private interface Moment {
        BufferedImage draw();
    }

    /** The update that ends the episode is shown, whatever the pace; a decision may hold its keys beyond that. */
    private void play(Pictures pictures) throws IOException {
        byte[] keys = sequence.keys();
        try (Twin twin = new Twin(sequence.trigonometry())) {
            twin.reset();
            int number = 0;
            boolean last = false;
            for (int i = 0; i < end && !last; i++) {
                twin.step(keys[i], 1);
                last = i == end - 1 || twin.gameEnded();
                if (i >= first && ((i - first) % pace == 0 || last)) {
                    int held = keys[i];
                    pictures.take(() -> picture.draw(twin, held, pace), number, last);
                    number++;
                }
            }
        }
    }

    /** When a picture is shown, in hundredths of a second, which GIFs count in: no rounding adds up. */
    private static int hundredths(int number) {
        return (int) Math.round(100.0 * number / Units.UPDATES_PER_SECOND);
    }

    /** The first update of the seconds in which the torso got farthest. */
    private static int best(KeySequence sequence) {
        byte[] keys = sequence.keys();
        double[] torso = new double[keys.length + 1];
        try (Twin twin = new Twin(sequence.trigonometry())) {
            twin.reset();
            torso[0] = twin.torsoX();
            for (int i = 0; i < keys.length; i++) {
                twin.step(keys[i], 1);
                torso[i + 1] = twin.torsoX();
            }
        }
        int best = 0;
        for (int i = 1; i + MOST_PICTURES <= keys.length; i++) {
            if (torso[i + MOST_PICTURES] - torso[i] > torso[best + MOST_PICTURES] - torso[best]) {
                best = i;
            }
        }
        return best;
    }
}
