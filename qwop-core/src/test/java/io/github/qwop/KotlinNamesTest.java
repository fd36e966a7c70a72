package io.github.qwop;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A caller in Kotlin needs no back-quotes: nothing public is named by one of its hard keywords. */
@AnalyzeClasses(packages = "io.github.qwop", importOptions = ImportOption.DoNotIncludeTests.class)
class KotlinNamesTest {

    /** From Kotlin's grammar, "hard keywords". */
    private static final Set<String> KEYWORDS = Set.of(
            "as",
            "break",
            "class",
            "continue",
            "do",
            "else",
            "false",
            "for",
            "fun",
            "if",
            "in",
            "interface",
            "is",
            "null",
            "object",
            "package",
            "return",
            "super",
            "this",
            "throw",
            "true",
            "try",
            "typealias",
            "typeof",
            "val",
            "var",
            "when",
            "while");

    @ArchTest
    static void packagesTypesAndMembers(JavaClasses all) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : all) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
                continue;
            }
            for (String part : List.of(type.getName().split("[.$]"))) {
                if (KEYWORDS.contains(part)) {
                    found.add(type.getName());
                }
            }
            for (JavaMember member : type.getMembers()) {
                if (KEYWORDS.contains(member.getName())
                        && !member.getModifiers().contains(JavaModifier.PRIVATE)) {
                    found.add(member.getFullName());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** Names of parameters matter where users write the method: Kotlin's editors copy them into the override. */
    @ArchTest
    static void parametersOfInterfaces(JavaClasses all) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : all) {
            if (!type.isInterface() || !type.getModifiers().contains(JavaModifier.PUBLIC)) {
                continue;
            }
            for (Method method : type.reflect().getDeclaredMethods()) {
                for (Parameter parameter : method.getParameters()) {
                    if (Modifier.isAbstract(method.getModifiers())) {
                        assertThat(parameter.isNamePresent())
                                .as("names of parameters are compiled in")
                                .isTrue();
                    }
                    if (KEYWORDS.contains(parameter.getName())) {
                        found.add(type.getName() + "." + method.getName() + ": " + parameter.getName());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
