using System.Xml;
using System.Xml.Schema;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>
/// The shipped schema in the form the reader walks. The schema stays the only place that says what an order looks like; walking it ourselves instead of leaving it to the validating
/// parser gives every fault of a file (that one is silent about a container after its first), our words, and a reader that streams. A test holds both verdicts against each other.
/// </summary>
internal static class OrderGrammar
{
    public const string ResourceName = "xml-delivery.xsd";

    private static readonly Lazy<ElementRule> LazyRoot = new(Load);

    public static ElementRule Root => LazyRoot.Value;

    /// <summary>The schema compiled, for whoever wants to ask it.</summary>
    public static XmlSchemaSet Schema()
    {
        using var stream = typeof(OrderGrammar).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var set = new XmlSchemaSet { XmlResolver = null };
        set.Add(null, reader);
        set.Compile();
        return set;
    }

    private static ElementRule Load()
    {
        var types = new Dictionary<XmlSchemaType, TypeRule>();
        var root = Schema().GlobalElements.Values.Cast<XmlSchemaElement>().Single();
        return new ElementRule(root.Name!, TypeOf(root.ElementSchemaType!, types));
    }

    private static TypeRule TypeOf(XmlSchemaType type, Dictionary<XmlSchemaType, TypeRule> types)
    {
        if (types.TryGetValue(type, out var known)) return known;
        var rule = new TypeRule();
        types.Add(type, rule);
        if (type is XmlSchemaSimpleType simple)
        {
            rule.Value = new ValueRule(simple);
            return rule;
        }

        var complex = (XmlSchemaComplexType)type;
        rule.Mixed = complex.IsMixed;
        if (complex.ContentType == XmlSchemaContentType.TextOnly) rule.Value = new ValueRule((XmlSchemaSimpleType)complex.BaseXmlSchemaType!);
        foreach (var attribute in complex.AttributeUses.Values.Cast<XmlSchemaAttribute>())
        {
            rule.Attributes.Add(new AttributeRule(attribute.Name!, attribute.Use == XmlSchemaUse.Required, new ValueRule(attribute.AttributeSchemaType!)));
        }

        if (complex.Particle is { } particle) AddParticle(particle, rule, -1, types);
        return rule;
    }

    private static void AddParticle(XmlSchemaObject particle, TypeRule rule, int way, Dictionary<XmlSchemaType, TypeRule> types)
    {
        switch (particle)
        {
            case XmlSchemaElement element:
                rule.Children.Add(new ElementRule(element.QualifiedName.Name, TypeOf(element.ElementSchemaType!, types))
                {
                    Min = (int)element.MinOccurs,
                    Max = element.MaxOccurs > int.MaxValue ? int.MaxValue : (int)element.MaxOccurs,
                    Way = way,
                });
                break;
            case XmlSchemaAny:
                rule.AnyChildren = true;
                break;
            case XmlSchemaSequence { MinOccurs: 1, MaxOccurs: 1 } sequence:
                foreach (var item in sequence.Items) AddParticle(item, rule, way, types);
                break;
            case XmlSchemaChoice { MaxOccurs: 1 } choice when rule.ChoiceRequired is null && way < 0:
                rule.ChoiceRequired = choice.MinOccurs > 0;
                for (var i = 0; i < choice.Items.Count; i++) AddParticle(choice.Items[i], rule, i, types);
                break;
            default:
                throw new InvalidOperationException($"{ResourceName}, line {particle.LineNumber}: the reader walks sequences, one choice in a type, and elements only");
        }
    }
}
