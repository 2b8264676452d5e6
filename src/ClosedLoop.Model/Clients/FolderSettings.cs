namespace ClosedLoop.Model.Clients;

/// <summary>Folders of one client below the account root (closed-loop spec section 3).</summary>
public sealed record FolderSettings
{
    /// <summary>Account root; relative to the data folder's <c>drop/</c> unless absolute. The client's key when not given.</summary>
    public string? Root { get; init; }

    public string In { get; init; } = "in";

    /// <summary>Where test data is dropped, when <c>import.test</c> is on.</summary>
    public string InTest { get; init; } = "in-test";

    /// <summary>Product files, beside the recipient files.</summary>
    public string Products { get; init; } = "products";

    public string Out { get; init; } = "out";

    public string Error { get; init; } = "error";

    public string Log { get; init; } = "log";

    public string Processing { get; init; } = "processing";

    public string Archive { get; init; } = "archive";
}
