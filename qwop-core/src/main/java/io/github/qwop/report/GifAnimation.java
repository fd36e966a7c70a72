package io.github.qwop.report;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An endless GIF in one palette. Of each picture only the rectangle is written that differs from the one before, and in
 * it what is equal is left transparent, which compresses to next to nothing.
 */
final class GifAnimation implements Closeable {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    /** The palette's last place stands for what shines through. */
    private static final int TRANSPARENT = 255;

    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("gif").next();
    private final ImageOutputStream out;
    private final int[] palette;
    private final IndexColorModel colours;
    private final Map<Integer, Byte> nearest = new HashMap<>();
    private byte[] before = new byte[0];

    /**
     * Begins a GIF.
     *
     * @param palette its colours, 255 at most, as red, green and blue in 24 bits
     * @param out not closed
     */
    GifAnimation(int[] palette, OutputStream out) throws IOException {
        this.palette = palette.clone();
        this.colours = new IndexColorModel(
                8, TRANSPARENT + 1, Arrays.copyOf(palette, TRANSPARENT + 1), 0, false, TRANSPARENT, 0);
        this.out = new MemoryCacheImageOutputStream(out);
        writer.setOutput(this.out);
        writer.prepareWriteSequence(null);
    }

    /** Counts colours, of which the most frequent make a palette: flat ones, and the commonest of their blends. */
    static final class Census {

        private final Map<Integer, Integer> counts = new HashMap<>();

        void count(BufferedImage picture) {
            for (int rgb : pixels(picture)) {
                counts.merge(rgb & 0xffffff, 1, Integer::sum);
            }
        }

        int[] palette() {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(TRANSPARENT)
                    .mapToInt(Map.Entry::getKey)
                    .toArray();
        }
    }

    /**
     * Adds a picture.
     *
     * @param picture of type {@link BufferedImage#TYPE_INT_RGB}, as large as the others
     * @param delay how long it is shown, in hundredths of a second
     */
    void add(BufferedImage picture, int delay) throws IOException {
        int width = picture.getWidth();
        byte[] now = indexes(picture);
        Rectangle changed =
                before.length == 0 ? new Rectangle(width, picture.getHeight()) : changed(before, now, width);
        BufferedImage part = new BufferedImage(changed.width, changed.height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        byte[] target = ((DataBufferByte) part.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < changed.height; y++) {
            for (int x = 0; x < changed.width; x++) {
                int at = (changed.y + y) * width + changed.x + x;
                boolean equal = before.length != 0 && now[at] == before[at];
                target[y * changed.width + x] = equal ? (byte) TRANSPARENT : now[at];
            }
        }
        writer.writeToSequence(new IIOImage(part, null, metadata(part, changed, delay)), null);
        before = now;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static int[] pixels(BufferedImage picture) {
        return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    }

    private byte[] indexes(BufferedImage picture) {
        int[] pixels = pixels(picture);
        byte[] indexes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            // Most neighbours are alike.
            indexes[i] = i > 0 && pixels[i] == pixels[i - 1]
                    ? indexes[i - 1]
                    : nearest.computeIfAbsent(pixels[i] & 0xffffff, this::nearest);
        }
        return indexes;
    }

    private byte nearest(int rgb) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int red = (palette[i] >> 16 & 255) - (rgb >> 16 & 255);
            int green = (palette[i] >> 8 & 255) - (rgb >> 8 & 255);
            int blue = (palette[i] & 255) - (rgb & 255);
            int distance = red * red + green * green + blue * blue;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return (byte) best;
    }

    /** The least rectangle with all that differs; a single pixel when nothing does, because a picture has one. */
    private static Rectangle changed(byte[] before, byte[] now, int width) {
        Rectangle changed = null;
        for (int i = 0; i < now.length; i++) {
            if (now[i] != before[i]) {
                Rectangle pixel = new Rectangle(i % width, i / width, 1, 1);
                changed = changed == null ? pixel : changed.union(pixel);
            }
        }
        return changed == null ? new Rectangle(1, 1) : changed;
    }

    private IIOMetadata metadata(BufferedImage part, Rectangle place, int delay) throws IIOInvalidTreeException {
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(new ImageTypeSpecifier(part), writer.getDefaultWriteParam());
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        root.appendChild(node(
                "ImageDescriptor",
                Map.of(
                        "imageLeftPosition", Integer.toString(place.x),
                        "imageTopPosition", Integer.toString(place.y),
                        "imageWidth", Integer.toString(place.width),
                        "imageHeight", Integer.toString(place.height),
                        "interlaceFlag", "FALSE")));
        root.appendChild(node(
                "GraphicControlExtension",
                Map.of(
                        "disposalMethod", "doNotDispose",
                        "userInputFlag", "FALSE",
                        "transparentColorFlag", "TRUE",
                        "transparentColorIndex", Integer.toString(TRANSPARENT),
                        "delayTime", Integer.toString(delay))));
        if (before.length == 0) {
            IIOMetadataNode loop =
                    node("ApplicationExtension", Map.of("applicationID", "NETSCAPE", "authenticationCode", "2.0"));
            // Sub-block 1, repeated without end.
            loop.setUserObject(new byte[] {1, 0, 0});
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            extensions.appendChild(loop);
            root.appendChild(extensions);
        }
        metadata.mergeTree(FORMAT, root);
        return metadata;
    }

    private static IIOMetadataNode node(String name, Map<String, String> attributes) {
        IIOMetadataNode node = new IIOMetadataNode(name);
        attributes.forEach(node::setAttribute);
        return node;
    }
}
