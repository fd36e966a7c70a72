package io.github.qwop.run;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes that a class file names: superclasses, interfaces, and those whose methods and fields it uses. They stand
 * in its constant pool (Java Virtual Machine Specification, 4.4). What is only found by reflection is not named there.
 */
final class ClassReferences {

    /** Magic number and versions. */
    private static final int HEAD_BYTES = 8;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private ClassReferences() {}

    /**
     * Reads a class file.
     *
     * @return names with slashes, its own among them, such as {@code java/lang/Object}
     */
    static List<String> of(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(HEAD_BYTES);
        int size = in.readUnsignedShort();
        String[] texts = new String[size];
        List<Integer> names = new ArrayList<>();
        for (int i = 1; i < size; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts[i] = in.readUTF();
                case CLASS -> names.add(in.readUnsignedShort());
                case STRING, METHOD_TYPE, MODULE, PACKAGE -> in.skipNBytes(2);
                case METHOD_HANDLE -> in.skipNBytes(3);
                case LONG, DOUBLE -> {
                    in.skipNBytes(8);
                    // These two take two places.
                    i++;
                }
                default -> in.skipNBytes(4);
            }
        }
        List<String> classes = new ArrayList<>();
        for (int name : names) {
            // An array's name is that of its elements within [[L and a semicolon.
            classes.add(texts[name].replaceFirst("^\\[+L(.*);$", "$1"));
        }
        return classes;
    }
}
