namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Private copies of an operation's files: what the client changes later is nothing to the operation (xml-delivery spec section 3).</summary>
internal sealed class OrderWorkplace(string root, long operationId)
{
    private const string ListPrefix = "list-";

    private readonly string _folder = Path.Combine(root, operationId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public string OrderPath => PathOf("order.xml");

    /// <summary>Lists have a prefix, so that none can take the place of the order.</summary>
    public string ListPath(string name) => PathOf(ListPrefix + name);

    /// <summary>The path of a copy.</summary>
    /// <param name="copy">Its name here, which is not that of the client's file.</param>
    public string PathOf(string copy) => Path.Combine(_folder, copy);

    /// <summary>Whether a copy is one of a list.</summary>
    public static bool IsList(string copy) => copy.StartsWith(ListPrefix, StringComparison.Ordinal);

    /// <summary>Makes the folder; nobody but the service's own user may look into it.</summary>
    public void Open()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_folder);
        else Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Addresses and content are kept no longer than the operation lasts.</summary>
    public void Remove()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
