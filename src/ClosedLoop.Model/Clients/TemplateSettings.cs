namespace ClosedLoop.Model.Clients;

/// <summary>How the templates of a client's source mailings are checked.</summary>
public sealed record TemplateSettings
{
    /// <summary><c>keep</c>: a name nobody knows is a warning (W402). <c>fail</c>: it is an error (E402), and the definition is not stored.</summary>
    public string Unknown { get; init; } = "keep";
}
