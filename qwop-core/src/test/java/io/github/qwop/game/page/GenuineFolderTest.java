package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Trigonometry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user hears whose folder is not the genuine game's; all folders are made up. */
class GenuineFolderTest {

    private final Path folder;

    GenuineFolderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static byte[] zlib(int length) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < length; i++) {
                deflater.write(i * i % 251);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private void write(String script, byte[] bundle) {
        try {
            Files.writeString(folder.resolve(GenuineFolder.SCRIPT), script);
            Files.write(folder.resolve(GenuineFolder.BUNDLE), bundle);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refusalOf(String script) {
        write(script, zlib(1000));
        return assertThatThrownBy(() -> new GenuineGame(GenuineFolder.read(folder), Trigonometry.FDLIBM))
                .isInstanceOf(PageException.class)
                .hasMessageStartingWith("The script QWOP.min.js in " + folder);
    }

    @Test
    void aMissingFolder() {
        assertThatThrownBy(() -> GenuineFolder.read(folder.resolve("none")))
                .isInstanceOf(PageException.class)
                .hasMessage("There is no folder " + folder.resolve("none")
                        + ": put the genuine game's QWOP.min.js and assetbundle.parcel there.");
    }

    @Test
    void aMissingFile() throws IOException {
        assertThatThrownBy(() -> GenuineFolder.read(folder))
                .isInstanceOf(PageException.class)
                .hasMessageStartingWith("There is no file " + folder.resolve("QWOP.min.js"));

        Files.writeString(folder.resolve(GenuineFolder.SCRIPT), "");
        assertThatThrownBy(() -> GenuineFolder.read(folder))
                .isInstanceOf(PageException.class)
                .hasMessageContaining("assetbundle.parcel: put the genuine game's");
    }

    @Test
    void aTruncatedBundle() {
        write("", Arrays.copyOf(zlib(1000), 40));

        assertThatThrownBy(() -> GenuineFolder.read(folder))
                .isInstanceOf(PageException.class)
                .hasMessageStartingWith("The asset bundle " + folder.resolve(GenuineFolder.BUNDLE) + " is truncated")
                .hasMessageEndingWith("supply it again, byte for byte.");
    }

    @Test
    void anotherKindOfBundle() {
        write("", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> GenuineFolder.read(folder))
                .isInstanceOf(PageException.class)
                .hasMessageContaining("is not the genuine game's");
    }

    @Test
    void aTruncatedScript() {
        refusalOf("(function () { var classes = {}; classes['luxe.Core'] = function () {")
                .hasMessageContaining("is truncated or damaged")
                .hasMessageEndingWith("supply it again.");
    }

    @Test
    void anotherScript() {
        refusalOf("var page = 'somebody else\\'s';")
                .hasMessageContaining("is not the genuine game's: no class luxe.Core was found in it");
    }

    @Test
    void anUnknownVersion() {
        refusalOf("(function () { var classes = {}; classes['luxe.Core'] = function () {}; })();")
                .hasMessageContaining("is an unknown version of the game")
                .hasMessageContaining("it has no class Luxe");
    }

    /** This script has all that is looked for in one, and is never loaded; what is in its bundle is no game's. */
    @Test
    void anotherContentOfTheBundle() {
        write("""
                (function () {
                  var classes = {};
                  classes["luxe.Core"] = {};
                  ["Globals", "ContactListener", "box2D.collision.B2Collision", "box2D.collision.B2DynamicTreeNode",
                    "box2D.common.math.B2Vec2", "box2D.dynamics.B2World", "haxe.io.Bytes", "haxe.zip.Uncompress",
                    "luxe.tween.Actuate"].forEach(function (name) { classes[name] = {}; });
                  function nothing() {}
                  classes.Luxe = { core: { game: { create_player: nothing, reset: nothing, update: nothing } } };
                })();
                """, zlib(1000));

        assertThatThrownBy(() -> new GenuineGame(GenuineFolder.read(folder), Trigonometry.FDLIBM))
                .isInstanceOf(PageException.class)
                .hasMessage("The asset bundle " + folder.resolve(GenuineFolder.BUNDLE)
                        + " is not the known one (it holds 1000 bytes instead of 302860), and the game does not load with"
                        + " it (it had not loaded after 600 frames): supply it again, byte for byte.");
    }
}
