using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace FourStrands.Noninterference.Histories;

/// <summary>Writes an answer out with everything in it, so that two answers are the same exactly if their texts are.</summary>
internal static class Written
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static string Out(object? answer)
    {
        var text = new StringBuilder();
        Append(text, answer, 0);
        return text.ToString();
    }

    public static string Problem(Exception problem) => $"{problem.GetType().Name}: {problem.Message}";

    private static void Append(StringBuilder text, object? value, int depth)
    {
        if (depth > 40)
            throw new InvalidOperationException("The answer has no end.");
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case string s:
                text.Append('"').Append(s).Append('"');
                return;
            case Schema or Label or RecordId or Enum or bool:
                text.Append(value);
                return;
            case Property property:
                text.Append(property.QualifiedName);
                return;
            case double number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture));
                return;
            case DateTimeOffset time:
                text.Append(time.ToString("O", CultureInfo.InvariantCulture));
                return;
            case DateOnly date:
                text.Append(date.ToString("O", CultureInfo.InvariantCulture));
                return;
            case IFormattable number when value.GetType().IsPrimitive:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                return;
            case System.Runtime.CompilerServices.ITuple tuple:
                text.Append('(');
                for (int i = 0; i < tuple.Length; i++)
                {
                    Append(text, tuple[i], depth + 1);
                    text.Append("; ");
                }
                text.Append(')');
                return;
            case IEnumerable several:
                if (value.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IGrouping<,>)) is { } group)
                    Append(text, group.GetProperty("Key")!.GetValue(value), depth + 1);
                text.Append('[');
                foreach (object? one in several)
                {
                    Append(text, one, depth + 1);
                    text.Append(",\n");
                }
                text.Append(']');
                return;
        }
        var type = value.GetType();
        text.Append(type.Name).Append('{');
        foreach (
            var property in Properties.GetOrAdd(
                type,
                static t =>
                    [
                        .. t.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                            .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract")
                            .OrderBy(p => p.Name, StringComparer.Ordinal),
                    ]
            )
        )
        {
            text.Append(property.Name).Append('=');
            Append(text, property.GetValue(value), depth + 1);
            text.Append(", ");
        }
        text.Append('}');
    }
}
