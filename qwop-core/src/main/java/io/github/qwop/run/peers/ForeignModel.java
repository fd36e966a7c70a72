package io.github.qwop.run.peers;

import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Kinds of trained models that people have and nothing here reads, so that they are told as what they are, not as
 * damaged files of ours. Only the names of a zip's entries and a file's first bytes are looked at: what is in a pickle
 * is never run.
 */
public enum ForeignModel {

    /** A zip with {@code data}, {@code parameters} and {@code parameter_list}, or, before 2.8, a pickle. */
    STABLE_BASELINES_2("a model of stable-baselines 2 (TensorFlow), which cannot be read here", Cure.ANOTHER),

    /** A zip of {@code torch.save} or TorchScript, or what {@code torch.save} wrote before PyTorch 1.6. */
    PYTORCH(
            "a file of PyTorch, which does not say what its network is for",
            "give the whole model.zip in which stable-baselines3 or sb3-contrib saved it, beside its data, or train a"
                    + " policy here"),

    /** Any other pickle. */
    PICKLE("a Python pickle, a program that is not run here", Cure.ANOTHER),

    /** An exported policy: it can be played, but its value network and its form are lost. */
    ONNX(
            "an ONNX file, and a training cannot begin from one",
            "give the checkpoint that it was exported from, or a stable-baselines3 model.zip");

    private static final class Cure {
        static final String ANOTHER =
                "give a model.zip that stable-baselines3 or sb3-contrib saved, or train a policy here";
    }

    private static final int BEGINNING = 1 << 20;

    /** Two bytes begin a pickle of protocol 2 to 5. */
    private static final int PICKLE_START = 0x80;

    /** How {@code torch.save} began a file before PyTorch 1.6: a pickled number of its own. */
    private static final byte[] TORCH_START = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019");

    private final String what;
    private final String cure;

    ForeignModel(String what, String cure) {
        this.what = what;
        this.cure = cure;
    }

    /**
     * Refuses a file that is one of these.
     *
     * @param subject what the sentence begins with, up to what the file is
     * @throws SettingException if it is
     */
    public static void refuse(String subject, Path file) {
        of(file).ifPresent(kind -> {
            throw new SettingException(subject + kind.what + ": " + kind.cure + ".");
        });
    }

    /** Which of these a file is, if any; nothing of a file that cannot be read. */
    public static Optional<ForeignModel> of(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return ofZip(zip);
        } catch (ZipException e) {
            return ofOther(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ForeignModel> ofZip(ZipFile zip) {
        if (zip.getEntry("parameters") != null && zip.getEntry("parameter_list") != null) {
            return Optional.of(STABLE_BASELINES_2);
        }
        return zip.stream().anyMatch(entry -> entry.getName().matches("[^/]+/data\\.pkl"))
                ? Optional.of(PYTORCH)
                : Optional.empty();
    }

    private static Optional<ForeignModel> ofOther(Path file) {
        byte[] beginning;
        try (InputStream in = Files.newInputStream(file)) {
            beginning = in.readNBytes(BEGINNING);
        } catch (IOException e) {
            return Optional.empty();
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Arrays.mismatch(beginning, TORCH_START) == TORCH_START.length || name.matches(".*\\.(pt|pth)")) {
            return Optional.of(PYTORCH);
        }
        boolean pickle = beginning.length > 1
                && Byte.toUnsignedInt(beginning[0]) == PICKLE_START
                && beginning[1] >= 2
                && beginning[1] <= 5;
        if (pickle || name.matches(".*\\.(pkl|pickle)")) {
            // The classes that it asks for stand in it by name.
            String text = new String(beginning, StandardCharsets.ISO_8859_1);
            return Optional.of(text.contains("stable_baselines.") ? STABLE_BASELINES_2 : PICKLE);
        }
        return name.endsWith(".onnx") ? Optional.of(ONNX) : Optional.empty();
    }
}
