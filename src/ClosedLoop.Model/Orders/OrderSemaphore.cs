namespace ClosedLoop.Model.Orders;

/// <summary>What asks for one operation: one or both forms of the semaphore of one order (xml-delivery spec section 2).</summary>
/// <param name="Name">NAME of the order.</param>
/// <param name="Files">The semaphores as they are named; all of them are consumed. The form <c>NAME.xml.ok</c> comes first.</param>
/// <param name="XmlFile">The instructions file as it is named in the folder; null when it is missing (E-01).</param>
public sealed record OrderSemaphore(string Name, IReadOnlyList<string> Files, string? XmlFile)
{
    /// <summary>Finds the semaphores among the names of a folder, in the order of their names. Which is taken first is for the caller to say.</summary>
    public static IReadOnlyList<OrderSemaphore> Find(IEnumerable<string> fileNames)
    {
        ArgumentNullException.ThrowIfNull(fileNames);
        var names = fileNames.Order(StringComparer.Ordinal).ToList();
        var xmlFiles = names.Select(file => (Name: OrderFileName.OrderOfXml(file), File: file)).Where(xml => xml.Name is not null).ToLookup(xml => xml.Name!, xml => xml.File, StringComparer.Ordinal);
        return
        [
            .. names.Select(file => (Name: OrderFileName.OrderOf(file, out var isAlias), File: file, IsAlias: isAlias))
                .Where(semaphore => semaphore.Name is not null)
                .GroupBy(semaphore => semaphore.Name!, StringComparer.Ordinal)
                .Select(group => new OrderSemaphore(group.Key, [.. group.OrderBy(semaphore => semaphore.IsAlias).Select(semaphore => semaphore.File)], xmlFiles[group.Key].FirstOrDefault())),
        ];
    }

    /// <summary>The lists an order needs beside it, each once.</summary>
    public static IReadOnlyList<string> ListsOf(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return [.. new[] { order.Normal, order.Test }.OfType<ListTarget>().Select(list => list.FileName).Distinct(StringComparer.Ordinal)];
    }
}
