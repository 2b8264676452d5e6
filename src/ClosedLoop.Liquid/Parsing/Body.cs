using ClosedLoop.Liquid.Ast;

namespace ClosedLoop.Liquid.Parsing;

/// <summary>The nodes of a block while it is read.</summary>
internal sealed class Body
{
    private readonly List<Node> _nodes = [];
    private readonly List<string?> _texts = [];

    /// <summary>True as long as there is only white space and tags that write nothing.</summary>
    public bool IsBlank { get; private set; } = true;

    /// <summary>The tag that ended the block; null at the end of the source.</summary>
    public Tag? End { get; set; }

    public IEnumerable<Node> Nodes
    {
        get
        {
            for (var i = 0; i < _nodes.Count; i++)
            {
                yield return _texts[i] is { } text ? new TextNode(text) : _nodes[i];
            }
        }
    }

    /// <summary>The nodes without the white space between them, for blocks that write nothing else.</summary>
    public IEnumerable<Node> NodesWithoutText => _nodes.Where((_, i) => _texts[i] is null);

    public void Add(Node node, bool isBlank)
    {
        _nodes.Add(node);
        _texts.Add(null);
        IsBlank &= isBlank;
    }

    public void AddText(string text)
    {
        _nodes.Add(VoidNode.Blank);
        _texts.Add(text);
        IsBlank &= Whitespace.IsBlank(text);
    }

    /// <summary>Takes white space from the text before a <c>{%-</c>.</summary>
    public void TrimEnd()
    {
        if (_texts.Count > 0 && _texts[^1] is { } text)
        {
            _texts[^1] = text.TrimEnd(Whitespace.Trimmed);
        }
    }
}
