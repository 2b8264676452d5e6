using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClosedLoop.Model;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Silo.Tests.Docs;

/// <summary>One key as the types have it, or as the page says it.</summary>
/// <param name="Key">Key with its path.</param>
/// <param name="Default">JSON form, or <c>required</c>.</param>
/// <param name="Choices">Words a value may be; empty when it is not an enumeration.</param>
internal sealed record SettingRow(string Key, string Default, IReadOnlyList<string> Choices)
{
    /// <summary>Keys of a type, read by reflection: every property that a file or the configuration can set.</summary>
    /// <param name="type">Type whose properties are keys.</param>
    /// <param name="prefix">What stands before each key.</param>
    /// <param name="separator">What stands between parent and child.</param>
    /// <param name="camelCase">JSON definitions are in camel case; the configuration spells keys as the types do.</param>
    public static IEnumerable<SettingRow> Of(Type type, string prefix, string separator, bool camelCase) =>
        Of(type, Activator.CreateInstance(type)!, prefix, separator, camelCase);

    private static IEnumerable<SettingRow> Of(Type type, object defaults, string prefix, string separator, bool camelCase)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var key = prefix + (camelCase ? JsonNamingPolicy.CamelCase.ConvertName(property.Name) : property.Name);
            var value = property.GetValue(defaults);
            var required = property.IsDefined(typeof(RequiredMemberAttribute));
            if (IsOurs(property.PropertyType))
            {
                if (required) yield return new SettingRow(key, "required", []);
                foreach (var row in Of(property.PropertyType, value ?? Activator.CreateInstance(property.PropertyType)!, key + separator, separator, camelCase)) yield return row;
                continue;
            }

            yield return new SettingRow(key, value is IReadOnlyList<FieldDefinition> fields ? Names(fields) : required ? "required" : Text(value, camelCase), Words(property.PropertyType, camelCase));
            if (ElementOf(property.PropertyType) is not var (element, any)) continue;
            foreach (var row in Of(element, Activator.CreateInstance(element)!, key + any + separator, separator, camelCase)) yield return row;
        }
    }

    private static bool IsOurs(Type type) => type is { IsClass: true } && type.Namespace!.StartsWith("ClosedLoop", StringComparison.Ordinal);

    /// <summary>What a list or a dictionary of ours holds, and how the page writes "each of them".</summary>
    private static (Type Element, string Any)? ElementOf(Type type) => type switch
    {
        { IsGenericType: false } => null,
        { GenericTypeArguments: [var element] } when type.IsAssignableTo(typeof(IEnumerable)) && IsOurs(element) => (element, "[]"),
        { GenericTypeArguments: [_, var element] } when type.IsAssignableTo(typeof(IEnumerable)) && IsOurs(element) => (element, ".*"),
        _ => null,
    };

    private static string Names(IEnumerable<FieldDefinition> fields) => string.Join(", ", fields.Select(field => field.Name));

    private static string Text(object? value, bool camelCase) => value switch
    {
        null => "null",
        Enum when !camelCase => value.ToString()!,
        string text when !camelCase => text,
        bool flag => flag ? "true" : "false",
        IFormattable number when !camelCase => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, value.GetType(), DefinitionJson.Options).Trim('"'),
    };

    private static IReadOnlyList<string> Words(Type type, bool camelCase) => !type.IsEnum ? [] :
        [.. Enum.GetValues(type).Cast<object>().Select(value => camelCase ? JsonSerializer.Serialize(value, type, DefinitionJson.Options).Trim('"') : value.ToString()!)];
}
