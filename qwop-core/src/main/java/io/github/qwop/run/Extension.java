package io.github.qwop.run;

import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes users' own classes from the names that settings give. */
public final class Extension {

    private static final String CLASS = ".class";
    private static final String HELPERS = "+";
    private static final String HERE = here();

    private Extension() {}

    /**
     * A checksum of what a class does: of its bytes and of those of the classes nested in it, and, behind a
     * {@value #HELPERS}, of all other classes that these name, and that those name: superclasses and helpers, but
     * neither the JDK's nor this library's own.
     *
     * @param className the class, on the class path of the training
     * @return SHA-256 in hexadecimal, once or twice; nothing if there is no such class
     */
    public static Optional<String> digest(String className) throws IOException {
        Class<?> found;
        try {
            found = Class.forName(className, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
        List<Class<?>> nest = new ArrayList<>(List.of(found.getNestMembers()));
        nest.sort(Comparator.comparing(Class::getName));
        ClassLoader loader =
                found.getClassLoader() == null ? ClassLoader.getSystemClassLoader() : found.getClassLoader();
        StringBuilder digests = new StringBuilder();
        Set<String> seen = new HashSet<>();
        Deque<String> named = new ArrayDeque<>();
        for (Class<?> member : nest) {
            seen.add(member.getName().replace('.', '/'));
        }
        for (Class<?> member : nest) {
            byte[] bytes = bytes(loader, member.getName().replace('.', '/'));
            if (bytes.length > 0) {
                digests.append(Checkpoint.digest(bytes));
                named.addAll(ClassReferences.of(bytes));
            }
        }
        String own = Checkpoint.digest(digests.toString());
        SortedMap<String, String> helpers = helpers(loader, named, seen);
        return Optional.of(helpers.isEmpty() ? own : own + HELPERS + Checkpoint.digest(helpers.toString()));
    }

    /**
     * Whether two checksums are of the same. One of before helpers counted is the first part of today's.
     *
     * @param before what {@link #digest} gave then, or the checksum of a file
     */
    static boolean isSame(String before, String now) {
        return now.equals(before) || (!before.contains(HELPERS) && now.startsWith(before + HELPERS));
    }

    /** Checksums of classes that are named, directly or by others of them, by their names. */
    private static SortedMap<String, String> helpers(ClassLoader loader, Deque<String> named, Set<String> seen)
            throws IOException {
        SortedMap<String, String> helpers = new TreeMap<>();
        while (!named.isEmpty()) {
            String name = named.pop();
            if (seen.add(name) && isForeign(loader, name)) {
                byte[] bytes = bytes(loader, name);
                helpers.put(name, Checkpoint.digest(bytes));
                named.addAll(ClassReferences.of(bytes));
            }
        }
        return helpers;
    }

    /** Whether a class is neither the JDK's nor this library's, whose version a checkpoint's format and rules tell. */
    private static boolean isForeign(ClassLoader loader, String name) {
        URL place = loader.getResource(name + CLASS);
        return place != null
                && !place.getProtocol().equals("jrt")
                && !place.toString().equals(HERE + name + CLASS);
    }

    private static byte[] bytes(ClassLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name + CLASS)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    /** The folder or jar of this library's classes. */
    private static String here() {
        String name = Extension.class.getName().replace('.', '/') + CLASS;
        String place = String.valueOf(Extension.class.getResource("/" + name));
        return place.substring(0, Math.max(0, place.length() - name.length()));
    }

    /**
     * Makes an instance by the class's public constructor without arguments.
     *
     * @param setting the setting's name, for messages
     * @param className the class, on the class path of the training
     * @param type what it must implement
     * @throws SettingException if there is no such class, or it cannot be used
     */
    public static <T> T create(String setting, String className, Class<T> type) {
        return create(setting, className, null, type);
    }

    /**
     * Makes an instance by the class's public constructor, which takes one text if there is one.
     *
     * @param text what the setting says after the class's name; null if nothing
     * @throws SettingException as above, or if the constructor refuses the text
     */
    static <T> T create(String setting, String className, @Nullable String text, Class<T> type) {
        String named = setting + " is \"" + className + (text == null ? "" : ":" + text) + "\"";
        try {
            Class<?> found =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader());
            if (!type.isAssignableFrom(found)) {
                throw new SettingException(named + ", which does not implement " + type.getName() + ".");
            }
            if (found.isInterface() || Modifier.isAbstract(found.getModifiers())) {
                throw new SettingException(named + ", which is abstract: name a class that can be made.");
            }
            Constructor<?> constructor = constructor(found, text != null, named);
            return type.cast(text == null ? constructor.newInstance() : constructor.newInstance(text));
        } catch (ClassNotFoundException e) {
            throw new SettingException(
                    named + ", and there is no such class on the class path: compile it in this"
                            + " project before the training's phase, or add its jar to the plugin's dependencies.",
                    e);
        } catch (IllegalAccessException e) {
            throw new SettingException(named + ", which is not public: make it public.", e);
        } catch (InvocationTargetException e) {
            if (text != null && e.getCause() instanceof IllegalArgumentException refused) {
                throw new SettingException(named + ", and " + refused.getMessage(), e);
            }
            throw new SettingException(named + ", whose constructor failed: " + e.getCause(), e);
        } catch (LinkageError e) {
            Throwable cause = e instanceof ExceptionInInitializerError ? e.getCause() : e;
            throw new SettingException(named + ", which could not be loaded: " + cause, e);
        } catch (InstantiationException e) {
            throw new IllegalStateException("Abstract classes are refused above.", e);
        }
    }

    private static Constructor<?> constructor(Class<?> found, boolean withText, String named) {
        Optional<Constructor<?>> plain = constructor(found, 0);
        Optional<Constructor<?>> texts = constructor(found, 1);
        if (withText) {
            return texts.orElseThrow(() -> new SettingException(named
                    + ", which has no public constructor that takes one String: add one, or leave out the colon and"
                    + " what follows it."));
        }
        return plain.orElseThrow(() -> new SettingException(
                texts.isPresent()
                        ? named + ", which takes a text: write it after the class's name and a colon."
                        : named + ", which has no public constructor without arguments: add one; in Kotlin, make it a"
                                + " class, not an object."));
    }

    /** The public constructor that takes so many texts and nothing else. */
    private static Optional<Constructor<?>> constructor(Class<?> found, int texts) {
        Class<?>[] wanted = new Class<?>[texts];
        Arrays.fill(wanted, String.class);
        return Arrays.stream(found.getConstructors())
                .filter(constructor -> Arrays.equals(constructor.getParameterTypes(), wanted))
                .findFirst()
                .map(constructor -> (Constructor<?>) constructor);
    }
}
