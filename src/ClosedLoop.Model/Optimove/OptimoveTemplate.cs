namespace ClosedLoop.Model.Optimove;

/// <summary>A number that Optimove knows a source mailing by, where that is not the mailing's own id.</summary>
public sealed record OptimoveTemplate
{
    public required int TemplateId { get; init; }

    /// <summary>Id of the source mailing.</summary>
    public required long Source { get; init; }
}
