namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>An element of an order as read. Recipients are counted, not kept, so that the tree stays small.</summary>
internal sealed class OrderNode(string name, int line, int column)
{
    public string Name { get; } = name;

    public int Line { get; } = line;

    /// <summary>Column of the <c>&lt;</c>, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>Trimmed if its type trims; null for a container, and for a value that is wrong.</summary>
    public string? Value { get; set; }

    /// <summary>Text beside the children of a mixed element.</summary>
    public string? Bare { get; set; }

    public List<OrderNode> Children { get; } = [];

    public Dictionary<string, string> Attributes { get; } = [];

    /// <summary>Recipients inside, and the names of their fields in the order they are first used.</summary>
    public long Rows { get; set; }

    public List<string> Fields { get; } = [];

    /// <summary>The first child of a name.</summary>
    public OrderNode? this[string child] => Children.Find(node => node.Name == child);
}
