package io.github.qwop.damage;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damages bytes as disks, networks, editors and malice do. What it does depends on its random numbers alone. */
final class Damage {

    /** What a zip or zlib bomb of some kilobytes holds. */
    private static final int BOMB = 48 << 20;

    private static final String MANIFEST = "manifest.json";

    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d_]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");
    private static final Pattern TEXT = Pattern.compile("\"[^\"\\n]*\"|(?<=: )[^\\n]+");

    private static final List<String> NUMBERS = List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            ".inf",
            "1e999",
            "-1e999",
            "1e308",
            "-1e308",
            "1e-999999999",
            "1e999999999",
            "-1",
            "0",
            "-0.0",
            "0.5",
            "1000000",
            "10000000",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "1__0",
            "",
            "null",
            "true",
            "\"\"");

    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "[null]",
            "{\"a\":null}",
            "\"\\u0000\"",
            "\"\\0\"",
            "\"../../../evil\"",
            "\"/dev/zero\"",
            "1e999",
            "~",
            "&x [*x]",
            "&x {b: *x}",
            "*x",
            "!!int [a]",
            "!!float x",
            "!!int x",
            "!!bool x",
            "!!timestamp x",
            "!!binary '*'",
            "!!set {a}",
            "!!omap [a]",
            "!!pairs [a]",
            "!!python/object:os.system x",
            "!!java.net.URL [http://x]",
            "{? [a] : b}",
            "<<",
            "0b2",
            "0x",
            "190:99:99",
            "2024-99-99",
            "exp_decay_0.1_0.01_0.5_99999999999",
            "exp_decay_0.1_0.01_0.5_999999999",
            "lin_decay_1e999_0_0",
            "const_1e999",
            "Q x10000000",
            "none",
            "|",
            ">");

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1);

    private final Random random;

    Damage(Random random) {
        this.random = random;
    }

    /** Some damage to a file, which begins as it is. */
    byte[] to(byte[] whole) throws IOException {
        byte[] damaged = whole;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            damaged = once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] bytes) throws IOException {
        if (isZip(bytes) && random.nextInt(4) > 0) {
            return zip(bytes);
        }
        if (isZlib(bytes) && random.nextInt(3) > 0) {
            return zlib(bytes);
        }
        return isText(bytes) && random.nextInt(4) > 0 ? text(bytes) : binary(bytes);
    }

    private static boolean isZip(byte[] bytes) {
        return bytes.length > 30 && bytes[0] == 'P' && bytes[1] == 'K';
    }

    private static boolean isZlib(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == 0x78 && (bytes[1] == (byte) 0x9c || bytes[1] == (byte) 0xda);
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 200); i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private int place(byte[] bytes) {
        return bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private byte[] binary(byte[] bytes) {
        byte[] damaged = bytes.clone();
        int at = place(bytes);
        int length = Math.min(1 + random.nextInt(random.nextBoolean() ? 8 : 600), bytes.length - at);
        switch (random.nextInt(10)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
            }
            case 2 -> {
                return joined(
                        Arrays.copyOf(bytes, at),
                        Arrays.copyOfRange(bytes, at, at + length),
                        Arrays.copyOfRange(bytes, at, bytes.length));
            }
            case 3 -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                return joined(Arrays.copyOf(bytes, at), noise, Arrays.copyOfRange(bytes, at, bytes.length));
            }
            case 4 -> Arrays.fill(damaged, at, at + length, (byte) 0);
            case 5 -> {
                int other = place(bytes);
                int both = Math.min(length, bytes.length - other);
                System.arraycopy(bytes, at, damaged, other, both);
                System.arraycopy(bytes, other, damaged, at, both);
            }
            case 6 -> count(damaged, at);
            case 7 -> {
                // Instructions of pickles, wire types of protocol buffers, ends of texts.
                byte[] codes = "().0123]}{tRQqrhjXKMJGcoibaeus\u0080\u0085\u0086\u0087\u0088\u008a\u008b\u00ff\0\n"
                        .getBytes(StandardCharsets.ISO_8859_1);
                if (bytes.length > 0) {
                    damaged[at] = codes[random.nextInt(codes.length)];
                }
            }
            default -> {
                for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                    damaged[place(bytes)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return damaged;
    }

    /** A length or a number, huge or negative, or not a number. */
    private void count(byte[] bytes, int at) {
        long[] counts = {
            -1,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE - 8,
            1 << 28,
            1 << 20,
            0x7fc00000,
            0x7f800000,
            Long.MAX_VALUE,
            0x7ff8000000000000L,
            0x7ff0000000000000L
        };
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        long count = counts[random.nextInt(counts.length)];
        if (at + 8 <= bytes.length && random.nextBoolean()) {
            buffer.putLong(at, count);
        } else if (at + 4 <= bytes.length) {
            buffer.putInt(at, (int) count);
        }
    }

    private byte[] text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String damaged =
                switch (random.nextInt(9)) {
                    case 0, 1 -> replaced(text, NUMBER, one(NUMBERS));
                    case 2, 3 -> replaced(text, TEXT, one(VALUES));
                    case 4 -> {
                        int at = random.nextInt(text.length() + 1);
                        yield text.substring(0, at) + one(VALUES) + text.substring(at);
                    }
                    case 5 -> {
                        int at = random.nextInt(text.length() + 1);
                        String nest = one(List.of("[", "{\"a\":", "- ", "{a: ", "["));
                        yield text.substring(0, at) + nest.repeat(1 + random.nextInt(20_000)) + text.substring(at);
                    }
                    case 6 -> lines(text);
                    case 7 -> random.nextBoolean() ? doubling() + text : text + "\na: &x {b: *x}\n";
                    default -> text.replace("\n", one(List.of("\r\n", "\r", "\n\n", "", "\u2028", "\0")));
                };
        return random.nextInt(12) > 0
                ? damaged.getBytes(StandardCharsets.UTF_8)
                : ("\ufeff\u00e4" + damaged).getBytes(one(CHARSETS));
    }

    private String replaced(String text, Pattern what, String by) {
        List<MatchResult> found = what.matcher(text).results().limit(500).toList();
        if (found.isEmpty()) {
            return text + by;
        }
        MatchResult at = one(found);
        return text.substring(0, at.start()) + by + text.substring(at.end());
    }

    private String lines(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        String line = one(lines);
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size() + 1), line);
            default -> lines.add(line.substring(0, random.nextInt(line.length() + 1)));
        }
        return String.join("\n", lines);
    }

    /** A YAML document that doubles with each line. */
    private static String doubling() {
        StringBuilder text = new StringBuilder("a: &a {x: 1}\nk0: &k0 {l: *a, r: *a}\n");
        for (int i = 1; i < 24; i++) {
            text.append(String.format("k%d: &k%d {l: *k%d, r: *k%d}%n", i, i, i - 1, i - 1));
        }
        return text.toString();
    }

    private byte[] zlib(byte[] bytes) throws IOException {
        if (random.nextInt(20) == 0) {
            return deflated(new byte[BOMB]);
        }
        Inflater inflater = new Inflater();
        inflater.setInput(bytes);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 16];
        try {
            for (int length = inflater.inflate(block); length > 0; length = inflater.inflate(block)) {
                content.write(block, 0, length);
            }
        } catch (DataFormatException e) {
            return binary(bytes);
        } finally {
            inflater.end();
        }
        return deflated(binary(content.toByteArray()));
    }

    private static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private byte[] zip(byte[] bytes) throws IOException {
        Map<String, byte[]> entries = entries(bytes);
        if (entries.isEmpty()) {
            return binary(bytes);
        }
        String name = one(List.copyOf(entries.keySet()));
        byte[] content = entries.getOrDefault(name, new byte[0]);
        boolean bomb = random.nextInt(40) == 0;
        switch (random.nextInt(12)) {
            case 0 -> entries.remove(name);
            case 1 -> {
                entries.remove(name);
                entries.put(one(List.of("../../evil", "/etc/evil", "C:\\evil", "", "a/", name + "\0")), content);
            }
            case 2 -> entries.put("evil" + random.nextInt(9), content);
            default -> entries.put(name, bomb ? new byte[BOMB] : once(content));
        }
        if (random.nextInt(3) > 0) {
            sumAnew(entries);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(bomb ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    private static Map<String, byte[]> entries(byte[] bytes) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readNBytes(2 * BOMB));
            }
        } catch (IOException | IllegalArgumentException e) {
            // Damaged before: what was read so far is damaged further.
            return entries;
        }
        return entries;
    }

    /** A checkpoint's manifest made to fit its sections, so that their readers see what is in them. */
    private static void sumAnew(Map<String, byte[]> entries) {
        try {
            byte[] manifest = entries.get(MANIFEST);
            if (manifest != null
                    && JsonParser.parseString(new String(manifest, StandardCharsets.UTF_8)) instanceof JsonObject all
                    && all.get("sections") instanceof JsonObject sections) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (String name : List.copyOf(sections.keySet())) {
                    sections.addProperty(
                            name, HexFormat.of().formatHex(digest.digest(entries.getOrDefault(name, new byte[0]))));
                }
                entries.put(MANIFEST, all.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (com.google.gson.JsonParseException | NumberFormatException e) {
            // The manifest itself is damaged.
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
