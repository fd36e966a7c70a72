package io.github.qwop.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.play.KeySequence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayGifTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 3", "30, 16, 100", "599, 300, 1997", "601, 201, 2003"})
    void itRunsAtTheSpeedOfPlay(int updates, int pictures, int hundredths) throws IOException {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ReplayGif.write(new KeySequence(new byte[updates], Trigonometry.FDLIBM), gif);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif.toByteArray()))) {
            reader.setInput(in);
            int shown = 0;
            for (int i = 0; i < reader.getNumImages(true); i++) {
                shown += delay(reader, i);
            }
            assertThat(reader.getNumImages(true)).isEqualTo(pictures).isLessThanOrEqualTo(300);
            assertThat(shown).isEqualTo(hundredths);
        } finally {
            reader.dispose();
        }
    }

    private static int delay(ImageReader reader, int picture) throws IOException {
        IIOMetadataNode root =
                (IIOMetadataNode) reader.getImageMetadata(picture).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control = (IIOMetadataNode)
                root.getElementsByTagName("GraphicControlExtension").item(0);
        return Integer.parseInt(control.getAttribute("delayTime"));
    }
}
