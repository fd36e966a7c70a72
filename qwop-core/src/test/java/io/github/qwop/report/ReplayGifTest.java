package io.github.qwop.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.KeySequence;
import io.github.qwop.play.Replayer;
import io.github.qwop.run.RecordingFile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayGifTest {

    private static final Path RUN = Path.of("..", "examples", "speedrun", "run.qwop");
    private static final int REST = 100;
    private static final int MOST_BYTES = 5_000_000;
    private static final int SKY = 0xdcecf5;
    private static final int SKIN = 0xd99a6c;

    /** A GIF as a viewer shows it. */
    private record Shown(List<BufferedImage> pictures, List<Integer> delays, int bytes) {

        int hundredths() {
            return delays.stream().mapToInt(Integer::intValue).sum();
        }

        double picturesPerSecond() {
            return 100.0 * pictures.size() / (hundredths() - REST);
        }
    }

    private static Shown shown(KeySequence keys, ReplayGif.Part part) throws IOException {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ReplayGif.write(keys, part, gif);
        List<BufferedImage> pictures = new ArrayList<>();
        List<Integer> delays = new ArrayList<>();
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif.toByteArray()))) {
            reader.setInput(in);
            BufferedImage screen =
                    new BufferedImage(RunnerPicture.WIDTH, RunnerPicture.HEIGHT, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < reader.getNumImages(true); i++) {
                IIOMetadataNode root =
                        (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                Graphics2D g = screen.createGraphics();
                g.drawImage(
                        reader.read(i),
                        value(root, "ImageDescriptor", "imageLeftPosition"),
                        value(root, "ImageDescriptor", "imageTopPosition"),
                        null);
                g.dispose();
                delays.add(value(root, "GraphicControlExtension", "delayTime"));
                BufferedImage picture =
                        new BufferedImage(screen.getWidth(), screen.getHeight(), BufferedImage.TYPE_INT_RGB);
                screen.copyData(picture.getRaster());
                pictures.add(picture);
            }
        } finally {
            reader.dispose();
        }
        return new Shown(pictures, delays, gif.size());
    }

    private static int value(IIOMetadataNode root, String node, String attribute) {
        return Integer.parseInt(
                ((IIOMetadataNode) root.getElementsByTagName(node).item(0)).getAttribute(attribute));
    }

    private static KeySequence run() throws Exception {
        return Replayer.keys(RecordingFile.read(RUN));
    }

    private static Set<Integer> colours(BufferedImage picture, int fromRow, int toRow) {
        Set<Integer> colours = new HashSet<>();
        for (int y = fromRow; y < toRow; y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colours.add(picture.getRGB(x, y) & 0xffffff);
            }
        }
        return colours;
    }

    @ParameterizedTest
    @CsvSource({
        "BEST, 1, 1, 3", "BEST, 30, 30, 100", "BEST, 300, 300, 1000", "BEST, 450, 300, 1000",
        "WHOLE, 1, 1, 3", "WHOLE, 300, 300, 1000", "WHOLE, 301, 151, 503", "WHOLE, 602, 202, 673"
    })
    void itShowsThirtyPicturesASecondForTenSecondsAtMost(ReplayGif.Part part, int updates, int pictures, int hundredths)
            throws IOException {
        Shown shown = shown(new KeySequence(new byte[updates], Trigonometry.FDLIBM), part);
        assertThat(shown.pictures()).hasSize(pictures);
        assertThat(shown.hundredths() - REST).isEqualTo(hundredths);
        assertThat(shown.delays().subList(0, pictures - 1)).allMatch(delay -> delay == 3 || delay == 4);
    }

    @ParameterizedTest
    @CsvSource({"BEST", "WHOLE"})
    void aRunIsSmallAndEveryPictureIsAnother(ReplayGif.Part part) throws Exception {
        Shown shown = shown(run(), part);
        assertThat(shown.bytes()).isLessThan(MOST_BYTES);
        assertThat(shown.picturesPerSecond()).isBetween(29.0, 31.0);
        for (BufferedImage picture : shown.pictures()) {
            assertThat(colours(picture, 0, RunnerPicture.STRIP))
                    .as("colours of the strip, under which the runner does not come")
                    .doesNotContain(SKY, SKIN);
            assertThat(colours(picture, RunnerPicture.STRIP, RunnerPicture.HEIGHT))
                    .contains(SKY, SKIN);
        }
        for (int i = 1; i < shown.pictures().size(); i++) {
            assertThat(differ(shown.pictures().get(i - 1), shown.pictures().get(i)))
                    .as("pixels that differ in picture %d", i)
                    .isGreaterThan(1_000);
        }
    }

    private static int differ(BufferedImage one, BufferedImage other) {
        int differ = 0;
        for (int y = RunnerPicture.STRIP; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                differ += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
            }
        }
        return differ;
    }

    @Test
    void theBestTenSecondsAreThoseWithMostMetres() throws Exception {
        KeySequence run = run();
        double[] torso = new double[run.keys().length + 1];
        try (Twin twin = new Twin(run.trigonometry())) {
            twin.reset();
            torso[0] = twin.torsoX();
            for (int i = 0; i < run.keys().length; i++) {
                twin.step(run.keys()[i], 1);
                torso[i + 1] = twin.torsoX();
            }
        }
        int best = 0;
        for (int i = 0; i + 300 < torso.length; i++) {
            best = torso[i + 300] - torso[i] > torso[best + 300] - torso[best] ? i : best;
        }
        BufferedImage first = shown(run, ReplayGif.Part.BEST).pictures().get(0);
        assertThat(best).isPositive();
        assertThat(moment(run, first)).isEqualTo(best);
    }

    /** The update whose picture is most like this one; the palette has changed some shades. */
    private static int moment(KeySequence run, BufferedImage shown) {
        int moment = 0;
        int least = Integer.MAX_VALUE;
        RunnerPicture picture = new RunnerPicture();
        try (Twin twin = new Twin(run.trigonometry())) {
            twin.reset();
            for (int i = 0; i < run.keys().length; i++) {
                twin.step(run.keys()[i], 1);
                int differ = differ(shown, picture.draw(twin, run.keys()[i], 1));
                if (differ < least) {
                    least = differ;
                    moment = i;
                }
            }
        }
        return moment;
    }
}
