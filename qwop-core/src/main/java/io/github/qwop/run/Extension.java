package io.github.qwop.run;

import io.github.qwop.run.settings.SettingException;

/** Makes users' own classes from the names that settings give. */
public final class Extension {

    private Extension() {}

    /**
     * Makes an instance by the class's public constructor without arguments.
     *
     * @param setting the setting's name, for messages
     * @param className the class, on the class path of the training
     * @param type what it must implement
     * @throws SettingException if there is no such class, or it cannot be used
     */
    public static <T> T create(String setting, String className, Class<T> type) {
        try {
            Class<?> found =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader());
            return type.cast(found.getConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            throw new SettingException(
                    setting + " is \"" + className
                            + "\", and there is no such class on the class path: compile it in this"
                            + " project before the training's phase, or add its jar to the plugin's dependencies.",
                    e);
        } catch (ClassCastException e) {
            throw new SettingException(
                    setting + " is \"" + className + "\", which does not implement " + type.getName() + ".", e);
        } catch (NoSuchMethodException e) {
            throw new SettingException(
                    setting + " is \"" + className + "\", which has no public constructor without arguments: add one.",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new SettingException(
                    setting + " is \"" + className + "\", which could not be made: " + e.getCause(), e);
        }
    }
}
