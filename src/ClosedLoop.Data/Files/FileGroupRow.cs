namespace ClosedLoop.Data.Files;

/// <summary>Records of a file that named one mailing's group, and how many of them became recipients.</summary>
public readonly record struct FileGroupRow(long MailingId, long Total, long Net);
