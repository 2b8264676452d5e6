namespace ClosedLoop.Intake.Subscribers;

/// <summary>What is wrong with a value, as seen by its field definition.</summary>
internal enum FieldFault
{
    None,
    TooLong,
    WrongType,
    Missing,
}
