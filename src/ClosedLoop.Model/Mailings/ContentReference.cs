namespace ClosedLoop.Model.Mailings;

/// <summary>Content of a source mailing that stands on another server and is fetched once for everybody (closed-loop spec section 10).</summary>
public sealed record ContentReference
{
    /// <summary>An http or https address, without a login.</summary>
    public required string Url { get; init; }

    public ContentKind Kind { get; init; } = ContentKind.Text;
}
