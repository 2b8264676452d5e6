namespace ClosedLoop.Model.Clients;

/// <summary>How long files are kept (closed-loop spec section 18).</summary>
public sealed record RetentionSettings
{
    /// <summary>Days after which logs, response files, archived recipient files and error files go. 14 to 30.</summary>
    public int Days { get; init; } = 30;
}
