namespace ClosedLoop.Model.Mailings;

/// <summary>Where a source mailing was made; one made by API cannot be used by the file interface (E303).</summary>
public enum SourceOrigin
{
    Editor,
    Api,
}
