package io.github.serfhandler.app.handlers;

import io.github.serfhandler.handler.Messages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;

/**
 * Immutable: a class that a jar names as its provider.
 *
 * @param <T> what it provides
 * @param kind the same
 * @param jar the jar
 * @param className what it names
 * @param loader finds the classes of all jars
 */
record JarProvider<T>(Class<T> kind, Path jar, String className, ClassLoader loader) {
  /**
   * Makes the provider.
   *
   * @throws HandlersException where that is impossible
   */
  T make() {
    Class<?> type;
    try {
      type = Class.forName(className, true, loader);
    } catch (ClassNotFoundException e) {
      throw new HandlersException(
          jar
              + " names the provider "
              + className
              + ", which is in none of the jars; mend its "
              + HandlerJars.service(kind),
          e);
    } catch (UnsupportedClassVersionError e) {
      throw HandlerJars.tooNew(toString(), e);
    } catch (LinkageError e) {
      Throwable cause =
          e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
      throw new HandlersException(
          this
              + " can not be loaded: "
              + Messages.of(cause)
              + "; put the libraries that it needs beside it",
          e);
    }
    if (!kind.isAssignableFrom(type)) {
      throw new HandlersException(this + " is no " + kind.getName() + "; implement it");
    }
    return make(type.asSubclass(kind));
  }

  private T make(Class<? extends T> type) {
    try {
      if (Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers())) {
        return type.getConstructor().newInstance();
      }
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new HandlersException(
          this + " failed in its constructor: " + Messages.of(cause) + "; mend it", cause);
    } catch (ReflectiveOperationException e) {
      // Told below, together with the same mistake in the class itself.
      throw notMakeable(e);
    } catch (LinkageError e) {
      throw new HandlersException(
          this + " can not be made: " + Messages.of(e) + "; put the libraries beside it", e);
    }
    throw notMakeable(new InstantiationException(className));
  }

  private HandlersException notMakeable(ReflectiveOperationException e) {
    return new HandlersException(
        this
            + " can not be made: it needs to be a public class with a public constructor without"
            + " arguments",
        e);
  }

  @Override
  public String toString() {
    return "the provider " + className + " of " + jar;
  }
}
