package io.goldennonce.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program can see of the API: types of its own, of the JDK and of Spark, and no others. */
class ApiSignaturesTest {
  private static final String API = "io.goldennonce.api.";
  private static final Pattern CLASS = Pattern.compile("(?:\\w+\\.)+\\w+");

  static Stream<Class<?>> publicTypes() {
    return new ClassFileImporter()
            .withImportOption(file -> file.contains("/io/goldennonce/api/"))
            .importUrl(NonceSearch.class.getProtectionDomain().getCodeSource().getLocation())
            .stream()
            .filter(type -> type.getPackageName().equals("io.goldennonce.api"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .map(JavaClass::reflect);
  }

  @ParameterizedTest
  @MethodSource("publicTypes")
  void type_anyPublicOne_showsNoInternalType(Class<?> type) {
    Stream<String> seen =
        Stream.of(
                Stream.of(type.getGenericSuperclass()),
                Stream.of(type.getGenericInterfaces()),
                members(type).flatMap(ApiSignaturesTest::types))
            .flatMap(each -> each)
            .filter(each -> each != null)
            .map(Type::getTypeName)
            .flatMap(name -> CLASS.matcher(name).results().map(match -> match.group()));

    assertThat(seen)
        .allMatch(
            name ->
                name.startsWith(API)
                    || name.startsWith("java.")
                    || name.startsWith("org.apache.spark."));
  }

  /** A class that users could extend, or a constructor, could not change any more. */
  @ParameterizedTest
  @MethodSource("publicTypes")
  void type_anyPublicOne_canGrow(Class<?> type) {
    assertThat(type.isInterface() || Modifier.isFinal(type.getModifiers())).isTrue();
    assertThat(type.getConstructors()).isEmpty();
  }

  /** Five minutes: what has to be read before a program can be written. */
  @Test
  void api_asAWhole_isSmall() {
    assertThat(publicTypes()).hasSizeLessThanOrEqualTo(15);
    assertThat(publicTypes().flatMap(ApiSignaturesTest::members)).hasSizeLessThan(90);
  }

  private static Stream<Member> members(Class<?> type) {
    return Stream.of(
            type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
        .flatMap(Arrays::stream)
        .map(Member.class::cast)
        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
  }

  private static Stream<Type> types(Member member) {
    if (member instanceof Field field) {
      return Stream.of(field.getGenericType());
    }
    Executable called = (Executable) member;
    Stream<Type> result =
        called instanceof Method method ? Stream.of(method.getGenericReturnType()) : Stream.empty();
    return Stream.of(
            result,
            Stream.of(called.getGenericParameterTypes()),
            Stream.of(called.getGenericExceptionTypes()))
        .flatMap(each -> each);
  }
}
