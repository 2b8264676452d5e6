using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Schema;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>A simple type of the schema, as the reader needs it: a check, and words for what is expected.</summary>
internal sealed class ValueRule
{
    private readonly List<Regex> _patterns = [];
    private readonly List<string> _allowed = [];
    private readonly int _maxLength = int.MaxValue;
    private readonly long _min = long.MinValue;
    private readonly long _max = long.MaxValue;

    public ValueRule(XmlSchemaSimpleType type)
    {
        var trims = false;
        string? expected = null;
        for (var at = type; at?.Content is XmlSchemaSimpleTypeRestriction restriction && !at.QualifiedName.Namespace.Equals(XmlSchema.Namespace, StringComparison.Ordinal); at = at.BaseXmlSchemaType as XmlSchemaSimpleType)
        {
            expected ??= Words(at);
            var enumerates = _allowed.Count == 0;
            foreach (var facet in restriction.Facets.Cast<XmlSchemaFacet>())
            {
                switch (facet)
                {
                    case XmlSchemaEnumerationFacet when enumerates:
                        _allowed.Add(facet.Value!);
                        break;
                    case XmlSchemaPatternFacet:
                        _patterns.Add(new Regex($@"\A(?:{facet.Value})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)));
                        break;
                    case XmlSchemaMaxLengthFacet when _maxLength == int.MaxValue:
                        _maxLength = int.Parse(facet.Value!, CultureInfo.InvariantCulture);
                        break;
                    case XmlSchemaMinInclusiveFacet when _min == long.MinValue:
                        _min = long.Parse(facet.Value!, CultureInfo.InvariantCulture);
                        break;
                    case XmlSchemaMaxInclusiveFacet when _max == long.MaxValue:
                        _max = long.Parse(facet.Value!, CultureInfo.InvariantCulture);
                        break;
                    case XmlSchemaWhiteSpaceFacet:
                        trims = true;
                        break;
                }
            }
        }

        IsNumber = type.TypeCode == XmlTypeCode.Long;
        Trims = trims || IsNumber;
        Expected = expected ?? "a value";
    }

    /// <summary>What is expected, as the schema's documentation says it.</summary>
    public string Expected { get; }

    /// <summary>Blanks around the value do not count; otherwise it is content and kept as it is.</summary>
    public bool Trims { get; }

    public bool AllowsEmpty => _allowed.Contains("");

    /// <summary>An empty tag that is on by being there.</summary>
    public bool IsFlag => _allowed is [""];

    private bool IsNumber { get; }

    /// <summary>Whether a value, trimmed if the type trims, is one of the type. Content is anything that is not blank.</summary>
    public bool Accepts(string value)
    {
        if (!Trims) return true;
        if (value.Length > _maxLength) return false;
        if (_allowed.Count > 0 && !_allowed.Contains(value)) return false;
        if (!_patterns.TrueForAll(pattern => pattern.IsMatch(value))) return false;
        return !IsNumber || (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= _min && number <= _max);
    }

    private static string? Words(XmlSchemaAnnotated annotated) =>
        annotated.Annotation?.Items.OfType<XmlSchemaDocumentation>().Select(text => string.Concat(text.Markup?.Select(node => node?.Value) ?? []).Trim()).FirstOrDefault();
}
