package dev.stepmark.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The records of the log by their components: what writes and masks them knows no event by name. */
final class Records {

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private Records() { }

    private record Shape(RecordComponent[] components, Constructor<?> constructor) {

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(components)
                        .map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                for (RecordComponent component : components) {
                    component.getAccessor().setAccessible(true);
                }
                return new Shape(components, constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("every record has its canonical constructor", e);
            }
        }
    }

    /** Gets a component. */
    interface Visitor {
        void component(String name, Object value);
    }

    /** Gives another value for a component. */
    interface Change {
        Object of(String name, Object value);
    }

    /**
     * Visits the components in their order.
     *
     * @throws IllegalArgumentException when one is null
     */
    static void visit(Record value, Visitor visitor) {
        for (RecordComponent component : SHAPES.get(value.getClass()).components()) {
            visitor.component(component.getName(), get(value, component));
        }
    }

    /** The same record with other values; the same object when none differs. */
    static Record change(Record value, Change change) {
        Shape shape = SHAPES.get(value.getClass());
        Object[] values = new Object[shape.components().length];
        boolean same = true;
        for (int i = 0; i < values.length; i++) {
            Object before = get(value, shape.components()[i]);
            values[i] = change.of(shape.components()[i].getName(), before);
            same &= values[i] == before;
        }
        try {
            return same ? value : (Record) shape.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(Record value, RecordComponent component) {
        try {
            Object got = component.getAccessor().invoke(value);
            if (got == null) {
                throw new IllegalArgumentException("not a complete " + value.getClass().getSimpleName() + ": "
                        + component.getName() + " is null");
            }
            return got;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
