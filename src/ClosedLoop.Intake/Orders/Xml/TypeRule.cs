namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>What an element may hold.</summary>
internal sealed class TypeRule
{
    /// <summary>The value of an element without children; null for a container.</summary>
    public ValueRule? Value { get; set; }

    /// <summary>Children in the order they must have.</summary>
    public List<ElementRule> Children { get; } = [];

    public List<AttributeRule> Attributes { get; } = [];

    /// <summary>One of the ways of the choice must be taken; null when there is no choice.</summary>
    public bool? ChoiceRequired { get; set; }

    /// <summary>Text may stand beside the children.</summary>
    public bool Mixed { get; set; }

    /// <summary>Children of any name: the fields of a recipient.</summary>
    public bool AnyChildren { get; set; }
}
