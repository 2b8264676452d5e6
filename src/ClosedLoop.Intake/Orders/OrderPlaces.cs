using ClosedLoop.Intake.Orders.Xml;

namespace ClosedLoop.Intake.Orders;

/// <summary>Line and column of the elements that the account's rules speak about; the order itself need not know.</summary>
internal sealed class OrderPlaces
{
    private readonly Dictionary<string, (int Line, int Column)> _places = [];

    /// <summary>The place of an element by its name; that of the whole file when it is not there.</summary>
    public (int Line, int Column) this[string element] => _places.GetValueOrDefault(element);

    public void Note(string element, OrderNode? node)
    {
        if (node is not null) _places[element] = (node.Line, node.Column);
    }
}
