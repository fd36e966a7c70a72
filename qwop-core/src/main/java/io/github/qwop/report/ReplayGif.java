package io.github.qwop.report;

import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.KeySequence;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** An episode as an animated GIF, drawn without any browser. */
public final class ReplayGif {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;
    private static final double PIXELS_PER_UNIT = 11;
    private static final int MARK_EVERY_METRES = 5;
    private static final int MOST_PICTURES = 300;
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private static final Color SKY = new Color(0xdcecf5);
    private static final Color TRACK = new Color(0xc8694d);
    private static final Color LINE = new Color(0xfff6ee);
    private static final Color WOOD = new Color(0x8a6a4f);
    private static final Color TEXT = new Color(0x16222b);
    private static final Color SKIN = new Color(0xd99a6c);
    private static final Color SKIN_FAR = new Color(0xb87c52);

    /** First value in a state, half width, half height and colour of each part, the far side first. */
    private static final Part[] PARTS = {
        new Part(10, 1.85, 0.625, SKIN_FAR),
        new Part(25, 1.75, 0.55, SKIN_FAR),
        new Part(15, 2.5, 0.75, SKIN_FAR),
        new Part(30, 2.525, 1, new Color(0x131f2b)),
        new Part(20, 1.35, 0.675, new Color(0xc79a18)),
        new Part(0, 3.275, 1.425, new Color(0x27548a)),
        new Part(5, 1.075, 1.325, SKIN),
        new Part(40, 2.5, 0.75, SKIN),
        new Part(55, 2.65, 1, new Color(0x1c2c3d)),
        new Part(45, 1.35, 0.725, new Color(0xf2c230)),
        new Part(50, 2.225, 0.675, SKIN),
        new Part(35, 1.95, 0.75, SKIN),
    };

    private record Part(int at, double halfWidth, double halfHeight, Color colour) {}

    private final double[] bodies = new double[Game.BODY_VALUES];
    private final double[] hurdle = new double[6];

    private ReplayGif() {}

    /**
     * Writes an episode as an endless GIF of at most {@value #MOST_PICTURES} pictures, at the speed of play.
     *
     * @param sequence what is played, from the canonical start
     * @param out not closed
     */
    public static void write(KeySequence sequence, OutputStream out) throws IOException {
        new ReplayGif().render(sequence, out);
    }

    private void render(KeySequence sequence, OutputStream out) throws IOException {
        byte[] keys = sequence.keys();
        int last = keys.length - 1;
        // The first and the last update are shown, and every so many between.
        int stride = Math.max(2, (last + MOST_PICTURES - 2) / (MOST_PICTURES - 1));
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        try (Twin twin = new Twin(sequence.trigonometry());
                ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
            twin.reset();
            writer.setOutput(image);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < keys.length; i++) {
                twin.step(keys[i], 1);
                if (i % stride == 0 || i == last) {
                    int next = i == last ? keys.length : Math.min(i + stride, last);
                    draw(picture, twin, keys[i]);
                    IIOMetadata metadata = metadata(writer, hundredths(next) - hundredths(i));
                    writer.writeToSequence(new IIOImage(picture, null, metadata), null);
                }
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    /** When an update is played, in hundredths of a second, which GIFs count in: no rounding adds up. */
    private static int hundredths(int update) {
        return (int) Math.round(100.0 * update / Units.UPDATES_PER_SECOND);
    }

    private static IIOMetadata metadata(ImageWriter writer, int delay) throws IIOInvalidTreeException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB),
                writer.getDefaultWriteParam());
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Integer.toString(delay));
        root.appendChild(control);
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        // Sub-block 1, repeated without end.
        loop.setUserObject(new byte[] {1, 0, 0});
        extensions.appendChild(loop);
        root.appendChild(extensions);
        metadata.mergeTree(FORMAT, root);
        return metadata;
    }

    private void draw(BufferedImage picture, Twin twin, int keys) {
        twin.readBodies(bodies, 0);
        twin.readHurdle(hurdle, 0);
        Graphics2D g = picture.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setColor(SKY);
            g.fillRect(0, 0, WIDTH, HEIGHT);
            g.setColor(TEXT);
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
            g.drawString(
                    String.format(Locale.ROOT, "%.1f m   %.1f s   %s", twin.score(), twin.scoreTime(), names(keys)),
                    12,
                    20);
            AffineTransform camera = new AffineTransform();
            camera.translate(WIDTH * 0.4, HEIGHT - 40.0);
            camera.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
            camera.translate(-bodies[0], -Units.SURFACE);
            drawTrack(g);
            drawMarks(g, camera);
            box(g, camera, WOOD, hurdle[0], hurdle[1], hurdle[2], 1.675, 0.3);
            box(g, camera, WOOD, hurdle[3], hurdle[4], hurdle[5], 0.5375, 3.65);
            for (Part part : PARTS) {
                box(
                        g,
                        camera,
                        part.colour,
                        bodies[part.at],
                        bodies[part.at + 1],
                        bodies[part.at + 2],
                        part.halfWidth,
                        part.halfHeight);
            }
        } finally {
            g.dispose();
        }
    }

    private static String names(int keys) {
        StringBuilder names = new StringBuilder();
        for (int bit = 0; bit < 4; bit++) {
            names.append((keys >> bit & 1) != 0 ? "QWOP".charAt(bit) : '·');
        }
        return names.toString();
    }

    private static void drawTrack(Graphics2D g) {
        g.setColor(TRACK);
        g.fillRect(0, HEIGHT - 40, WIDTH, 40);
        g.setColor(LINE);
        g.setStroke(new BasicStroke(2));
        g.drawLine(0, HEIGHT - 40, WIDTH, HEIGHT - 40);
    }

    private void drawMarks(Graphics2D g, AffineTransform camera) {
        double[] at = new double[2];
        int first = (int) Math.floor((bodies[0] - 30) / Units.PER_METRE / MARK_EVERY_METRES) * MARK_EVERY_METRES;
        for (int metre = first; metre <= first + 15; metre += MARK_EVERY_METRES) {
            camera.transform(new double[] {metre * Units.PER_METRE, Units.SURFACE}, 0, at, 0, 1);
            g.drawLine((int) at[0], HEIGHT - 40, (int) at[0], HEIGHT - 30);
            g.drawString(metre + " m", (int) at[0] - 12, HEIGHT - 14);
        }
    }

    private static void box(
            Graphics2D g,
            AffineTransform camera,
            Color colour,
            double x,
            double y,
            double angle,
            double halfWidth,
            double halfHeight) {
        AffineTransform place = new AffineTransform(camera);
        place.translate(x, y);
        place.rotate(angle);
        double round = Math.min(halfWidth, halfHeight);
        g.setColor(colour);
        g.fill(place.createTransformedShape(
                new RoundRectangle2D.Double(-halfWidth, -halfHeight, 2 * halfWidth, 2 * halfHeight, round, round)));
    }
}
