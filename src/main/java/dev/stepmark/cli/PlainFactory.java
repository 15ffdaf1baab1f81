package dev.stepmark.cli;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IFactory;

/** Makes what picocli needs by the constructor without parameters, and collections for options given several times. */
final class PlainFactory implements IFactory {

    @Override
    public <T> T create(Class<T> type) throws Exception {
        if (type == Set.class) {
            return type.cast(new LinkedHashSet<>());
        }
        if (type == List.class || type == Collection.class) {
            return type.cast(new ArrayList<>());
        }
        if (type == Map.class) {
            return type.cast(new LinkedHashMap<>());
        }
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }
}
