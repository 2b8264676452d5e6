namespace ClosedLoop.Model.Mailings;

/// <summary>Kind of a source mailing; the file interface takes regular ones only (E303).</summary>
public enum SourceType
{
    Regular,
    Event,
    Confirmation,
}
