package io.github.qwop.run;

import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes users' own classes from the names that settings give. */
public final class Extension {

    private Extension() {}

    /**
     * A checksum of what a class does: of its bytes, and of those of the classes nested in it.
     *
     * @param className the class, on the class path of the training
     * @return SHA-256 in hexadecimal; nothing if there is no such class
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
        StringBuilder digests = new StringBuilder();
        for (Class<?> member : nest) {
            try (InputStream bytes =
                    member.getResourceAsStream("/" + member.getName().replace('.', '/') + ".class")) {
                if (bytes != null) {
                    digests.append(Checkpoint.digest(bytes.readAllBytes()));
                }
            }
        }
        return Optional.of(Checkpoint.digest(digests.toString()));
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
        String named = setting + " is \"" + className + "\"";
        try {
            Class<?> found =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader());
            if (!type.isAssignableFrom(found)) {
                throw new SettingException(named + ", which does not implement " + type.getName() + ".");
            }
            if (found.isInterface() || Modifier.isAbstract(found.getModifiers())) {
                throw new SettingException(named + ", which is abstract: name a class that can be made.");
            }
            return type.cast(found.getConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            throw new SettingException(
                    named + ", and there is no such class on the class path: compile it in this"
                            + " project before the training's phase, or add its jar to the plugin's dependencies.",
                    e);
        } catch (NoSuchMethodException e) {
            throw new SettingException(
                    named + ", which has no public constructor without arguments: add one; in Kotlin, make it a class,"
                            + " not an object.",
                    e);
        } catch (IllegalAccessException e) {
            throw new SettingException(named + ", which is not public: make it public.", e);
        } catch (InvocationTargetException e) {
            throw new SettingException(named + ", whose constructor failed: " + e.getCause(), e);
        } catch (LinkageError e) {
            Throwable cause = e instanceof ExceptionInInitializerError ? e.getCause() : e;
            throw new SettingException(named + ", which could not be loaded: " + cause, e);
        } catch (InstantiationException e) {
            throw new IllegalStateException("Abstract classes are refused above.", e);
        }
    }
}
