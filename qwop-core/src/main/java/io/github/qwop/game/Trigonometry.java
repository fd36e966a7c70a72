package io.github.qwop.game;

/**
 * Whose sine and cosine the game is played with. The game is chaotic, so a recording leads to the same place only under
 * the one that it was made with; browsers differ in it.
 */
public enum Trigonometry {
    /** Sun's fdlibm, 1993: what Java's {@link StrictMath} is defined by, and V8's own. */
    FDLIBM("fdlibm"),
    /** The GNU C library's since 2.28, without fused multiply-add: what Google's Chrome has. */
    GLIBC("glibc");

    private final String text;

    Trigonometry(String text) {
        this.text = text;
    }

    /** The name in a POM and in files. */
    public String text() {
        return text;
    }

    /**
     * The one of a name.
     *
     * @param text as {@link #text} gives it
     * @throws IllegalArgumentException if there is none
     */
    public static Trigonometry named(String text) {
        for (Trigonometry trigonometry : values()) {
            if (trigonometry.text.equals(text)) {
                return trigonometry;
            }
        }
        throw new IllegalArgumentException("trigonometry is \"" + text + "\": give fdlibm or glibc.");
    }
}
